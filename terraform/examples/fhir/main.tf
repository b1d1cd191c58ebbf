# Patient data: a bucket that already exists, keys of your own, a private key in Secrets Manager that this
# configuration makes room for and an operator fills, and a run every night.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }
}

variable "function_zip" {
  description = "What ./sluice package prints."
  type        = string
}

variable "kms_key_arn" {
  description = "Encrypts checkpoints and queues."
  type        = string
}

variable "bucket_kms_key_arn" {
  description = "Encrypts the bucket; its owner chose it."
  type        = string
}

variable "secrets_kms_key_arn" {
  description = "Encrypts the private key."
  type        = string
}

# Without a version: its value never passes through Terraform.
#   aws secretsmanager put-secret-value --secret-id clinic/fhir-key --secret-string file://private-key.pem
resource "aws_secretsmanager_secret" "key" {
  name       = "clinic/fhir-key"
  kms_key_id = var.secrets_kms_key_arn
}

module "sluice" {
  source = "../.."

  name               = "sluice-clinic"
  function_zip       = var.function_zip
  bucket_name        = "clinic-lake"
  create_bucket      = false
  bucket_kms_key_arn = var.bucket_kms_key_arn
  kms_key_arn        = var.kms_key_arn

  pipelines = {
    clinic = {
      file            = "${path.module}/pipelines/clinic.yaml"
      schedule        = "cron(30 2 * * ? *)"
      timezone        = "Europe/London"
      max_lag_seconds = 129600 # a night that is missed is told at noon of the next day
    }
  }

  secret_arns         = { (aws_secretsmanager_secret.key.name) = aws_secretsmanager_secret.key.arn }
  secret_kms_key_arns = [var.secrets_kms_key_arn]

  memory_mb          = 2048
  architecture       = "arm64"
  resume             = "delayed"
  log_retention_days = 365
}

output "functions" {
  description = "Names and ARNs of the functions."
  value       = module.sluice.functions
}
