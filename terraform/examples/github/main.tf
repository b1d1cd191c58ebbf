module "sluice" {
  source = "../.."

  name         = "sluice-github"
  function_zip = var.function_zip
  bucket_name  = "acme-github-lake"

  pipelines = {
    acme-github = {
      file                    = "${path.module}/pipelines/acme-github.yaml"
      schedule                = "rate(10 minutes)"
      flexible_window_minutes = 5
      max_lag_seconds         = 7200
    }
  }

  fan_out           = true
  event_concurrency = 2
  resume            = "scheduled"
  alarm_topic_arns  = var.alarm_topic_arns
}
