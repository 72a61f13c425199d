#!/usr/bin/env bash
# Classifies a picture, and signs the request with the credentials in the environment: ./classify.sh <endpoint> cat.jpg
set -euo pipefail
endpoint=${1:?the output Endpoint of the stack}
picture=${2:?a picture, as JPEG}

region=$(cut -d. -f3 <<<"$endpoint") # https://<id>.execute-api.<region>.amazonaws.com/classify
curl --fail-with-body --aws-sigv4 "aws:amz:$region:execute-api" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" \
  ${AWS_SESSION_TOKEN:+-H "x-amz-security-token: $AWS_SESSION_TOKEN"} \
  -H 'content-type: image/jpeg' --data-binary "@$picture" "$endpoint"
