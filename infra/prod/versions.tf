terraform {
  required_version = ">= 1.10"

  # terraform init -backend-config=backend.hcl, see backend.hcl.example.
  backend "s3" {}

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = { application = "sluice", environment = "prod" }
  }
}
