#!/usr/bin/env bash
# Builds the image and pushes it to ECR, with your credentials: REGION=us-east-1 ./push-image.sh v1
set -euo pipefail
tag=${1:?the tag of the image, such as v1}
: "${REGION:?the Region, such as us-east-1}"

registry=$(aws sts get-caller-identity --query Account --output text).dkr.ecr.$REGION.amazonaws.com
# AWS's private registry of base images, from which any account may pull.
base=763104351884.dkr.ecr.$REGION.amazonaws.com

aws ecr describe-repositories --repository-names gpu-inference --region "$REGION" >/dev/null 2>&1 ||
  aws ecr create-repository --repository-name gpu-inference --region "$REGION"
for host in "$registry" "$base"; do
  aws ecr get-login-password --region "$REGION" | docker login --username AWS --password-stdin "$host"
done
# Lambda takes no image index, which --provenance would make.
docker build --platform linux/amd64 --provenance=false --build-arg "BASE_IMAGE=$base/lambda:pytorch-cuda" \
  --tag "$registry/gpu-inference:$tag" "$(dirname "$0")/image"
docker push "$registry/gpu-inference:$tag"
