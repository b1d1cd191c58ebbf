# Tables in parallel, resumed after rate limits, watched, and not deleted by accident.
module "sluice" {
  source = "../../terraform"

  name           = "sluice-prod"
  function_zip   = var.function_zip
  bucket_name    = var.bucket_name
  kms_key_arn    = var.kms_key_arn
  alias_versions = var.alias_versions

  pipelines = {
    github-api = {
      file                    = "${path.module}/pipelines/github-api.yaml"
      schedule                = "rate(15 minutes)"
      flexible_window_minutes = 5
      max_lag_seconds         = 7200
    }
  }

  memory_mb         = 1024
  timeout_seconds   = 900
  metrics_namespace = "Sluice/prod"

  fan_out           = true
  event_concurrency = 5
  resume            = "scheduled"

  log_retention_days = 90
  alarm_topic_arns   = var.alarm_topic_arns

  noncurrent_days = 90
}
