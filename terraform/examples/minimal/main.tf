module "sluice" {
  source = "../.."

  function_zip = var.function_zip
  bucket_name  = var.bucket_name

  pipelines = {
    events = {
      file     = "${path.module}/pipelines/events.yaml"
      schedule = "rate(15 minutes)"
    }
  }
}
