"""The emulated AWS on the loopback interface to which the loop deploys, and the tools that talk to it: the server's process, `cdk`, boto3."""
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import boto3

HERE = os.path.dirname(os.path.abspath(__file__))
ACCOUNT, REGION = '123456789012', 'us-east-1'
CDK = os.path.abspath('node_modules/.bin/cdk')


class Emulator:
    """A server on a free port. It ends with the block, whatever happens in it."""

    def __enter__(self):
        with socket.socket() as free:
            free.bind(('127.0.0.1', 0))
            self.port = free.getsockname()[1]
        self.url = f'http://127.0.0.1:{self.port}'
        self.log = tempfile.NamedTemporaryFile('w+', suffix='.log')
        self.home = tempfile.TemporaryDirectory()
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith('AWS_')},
            'AWS_ACCESS_KEY_ID': 'testing', 'AWS_SECRET_ACCESS_KEY': 'testing', 'AWS_REGION': REGION, 'AWS_DEFAULT_REGION': REGION,
            # Only the loopback interface is reached, even by a client that ignores the variable, because the proxy doesn't exist.
            'AWS_ENDPOINT_URL': self.url, 'AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION': f'http://localhost:{self.port}',
            'HTTP_PROXY': 'http://127.0.0.1:9', 'HTTPS_PROXY': 'http://127.0.0.1:9', 'NO_PROXY': '127.0.0.1,localhost',
            'AWS_EC2_METADATA_DISABLED': 'true', 'AWS_CONFIG_FILE': os.devnull, 'AWS_SHARED_CREDENTIALS_FILE': os.devnull,
            'CDK_DEFAULT_ACCOUNT': ACCOUNT, 'CDK_DEFAULT_REGION': REGION, 'CDK_DISABLE_CLI_TELEMETRY': 'true', 'CI': 'true',
            'HOME': self.home.name, 'NO_COLOR': '1',
            'TS_NODE_TRANSPILE_ONLY': 'true',  # the compiler and the linter have checked the apps
            'MOTO_LAMBDA_STUB_ECR': 'true', 'MOTO_EC2_LOAD_DEFAULT_AMIS': 'true', 'MOTO_IAM_LOAD_MANAGED_POLICIES': 'true',
        }
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(HERE, 'server.py'), str(self.port)], env=self.env, stdout=self.log, stderr=self.log, start_new_session=True)
        self.wait()
        return self

    def __exit__(self, *_error):
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.log.close()
        self.home.cleanup()

    def wait(self):
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        for _attempt in range(240):
            if self.process.poll() is not None:
                raise RuntimeError(f'the server ended:\n{self.output()}')
            try:
                opener.open(f'{self.url}/moto-api/', timeout=5).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.5)
        raise RuntimeError('the server does not answer')

    def output(self):
        with open(self.log.name, encoding='utf-8') as file:
            return file.read()

    def traceback(self):
        """Returns the first internal error of the server, which a client that retries would hide."""
        _before, found, after = self.output().partition('Traceback (most recent call last)')
        return found + after[:4000]

    def client(self, service):
        return boto3.client(service, endpoint_url=self.url, region_name=REGION, aws_access_key_id='testing', aws_secret_access_key='testing')

    def cdk(self, *arguments, cwd='.', **env):
        """Runs the real CLI and returns its output. Raises if it fails."""
        done = subprocess.run([CDK, *arguments, '--no-notices'], cwd=cwd, env={**self.env, **env}, capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f'cdk {" ".join(arguments)} ended with {done.returncode}\n{done.stdout[-3000:]}{done.stderr[-6000:]}')
        return done.stdout + done.stderr
