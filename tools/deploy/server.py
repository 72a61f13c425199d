"""An emulated AWS on the loopback interface: moto's server with Lambda Managed Instances and everything else that our templates need: `python server.py <port>`."""
import os
import sys
import warnings

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'proof'))
warnings.simplefilter('ignore')

from emulated import engine, gaps, managed_instances, other_types  # noqa: E402
from moto.core.config import default_user_config  # noqa: E402
from moto.server import main  # noqa: E402

gaps.install()
engine.install(managed_instances.install() + other_types.types())
default_user_config['lambda']['use_docker'] = False
main(['-H', '127.0.0.1', '-p', sys.argv[1]])
