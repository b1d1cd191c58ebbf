# To try pipelines: small, cheap to leave alone, gone with terraform destroy.
module "sluice" {
  source = "../../terraform"

  name         = "sluice-dev"
  function_zip = var.function_zip
  bucket_name  = var.bucket_name

  pipelines = {
    github-api = {
      file     = "${path.module}/pipelines/github-api.yaml"
      schedule = "rate(1 hour)"
    }
  }

  memory_mb         = 512
  timeout_seconds   = 300
  metrics_namespace = "Sluice/dev"

  log_retention_days = 7
  alarms             = false

  bucket_versioning    = false
  force_destroy_bucket = true
  deletion_protection  = false
}
