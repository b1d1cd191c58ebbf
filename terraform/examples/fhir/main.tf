# Without a version: its value never passes through Terraform.
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
