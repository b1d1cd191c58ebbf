# The module as it is, deployed to an emulator of AWS on this machine. Use ./up and ./down.

terraform {
  # For a value that is written and not kept.
  required_version = ">= 1.11"

  # ./up says where.
  backend "local" {}

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }
}

provider "aws" {
  region                      = var.region
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
  s3_use_path_style           = true

  endpoints {
    cloudwatch     = var.endpoint
    dynamodb       = var.endpoint
    iam            = var.endpoint
    lambda         = var.endpoint
    logs           = var.endpoint
    s3             = var.endpoint
    scheduler      = var.endpoint
    secretsmanager = var.endpoint
    sqs            = var.endpoint
    sts            = var.endpoint
  }
}

# Not the module's bucket: that one refuses what is not TLS, and the emulator has none.
resource "aws_s3_bucket" "lake" {
  bucket        = "sluice-local-lake"
  force_destroy = true
}

# In an account, it is stored before the first plan. Here Terraform stores it, in neither plan nor state.
resource "aws_secretsmanager_secret" "example" {
  name                    = "sluice-local/example"
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret_version" "example" {
  secret_id                = aws_secretsmanager_secret.example.id
  secret_string_wo         = jsonencode({ password = var.secret })
  secret_string_wo_version = 1
}

module "sluice" {
  source = "../../terraform"

  name          = "sluice-local"
  function_zip  = var.function_zip
  bucket_name   = aws_s3_bucket.lake.bucket
  create_bucket = false
  secret_arns   = { (aws_secretsmanager_secret.example.name) = aws_secretsmanager_secret.example.arn }

  # Every file that lies there, as the pipeline that it is named after.
  pipelines = {
    for file in fileset(var.pipelines, "*.yaml") : trimsuffix(file, ".yaml") => {
      file            = "${var.pipelines}/${file}"
      schedule        = "rate(15 minutes)"
      max_lag_seconds = 3600
    }
  }

  event_sync = true
  fan_out    = var.fan_out
  resume     = var.resume

  deletion_protection = false
  log_retention_days  = 1

  # The emulator executes no function, so it must not take messages for one. It forgets the other two settings, and
  # every plan would show them as new.
  event_polling = false
  log_format    = "Text"
  snap_start    = false
}
