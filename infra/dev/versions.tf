terraform {
  required_version = ">= 1.9"

  # The state lies here. It holds no secret; to share it, add a backend as in ../prod.

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
    tags = { application = "sluice", environment = "dev" }
  }
}
