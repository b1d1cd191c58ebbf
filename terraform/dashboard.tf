locals {
  pipeline_names = keys(var.pipelines)

  # Title, statistic, and the metrics: [namespace, metric, dimension, value].
  charts = [
    { title = "Lag (s)", stat = "Maximum", metrics = [for key in local.pipeline_names : [var.metrics_namespace, "LagSeconds", "pipeline", key]] },
    { title = "Records", stat = "Sum", metrics = [for key in local.pipeline_names : [var.metrics_namespace, "Records", "pipeline", key]] },
    { title = "Bytes", stat = "Sum", metrics = [for key in local.pipeline_names : [var.metrics_namespace, "Bytes", "pipeline", key]] },
    {
      title = "Tables that did not catch up"
      stat  = "Sum"
      metrics = flatten([for key in local.pipeline_names : [
        for metric in ["Failed", "OutOfTime", "RateLimited", "Busy"] : { metric = [var.metrics_namespace, metric, "pipeline", key] }
      ]])[*].metric
    },
    {
      title = "Requests and retries"
      stat  = "Sum"
      metrics = flatten([for key in local.pipeline_names : [
        for metric in ["Requests", "Retries"] : { metric = [var.metrics_namespace, metric, "pipeline", key] }
      ]])[*].metric
    },
    { title = "Duration (ms)", stat = "Maximum", metrics = [for function in local.functions : ["AWS/Lambda", "Duration", "FunctionName", local.function_names[function]]] },
    {
      title = "Invocations, errors, throttles"
      stat  = "Sum"
      metrics = flatten([for function in local.functions : [
        for metric in ["Invocations", "Errors", "Throttles"] : { metric = ["AWS/Lambda", metric, "FunctionName", local.function_names[function]] }
      ]])[*].metric
    },
    { title = "Messages", stat = "Maximum", metrics = [for queue in local.queues : ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", local.queue_names[queue]]] },
  ]
}

resource "aws_cloudwatch_dashboard" "this" {
  count = var.dashboard ? 1 : 0

  dashboard_name = var.name
  dashboard_body = jsonencode({
    widgets = [for index, chart in local.charts : {
      type   = "metric"
      x      = index % 2 * 12
      y      = floor(index / 2) * 6
      width  = 12
      height = 6
      properties = {
        title   = chart.title
        stat    = chart.stat
        metrics = chart.metrics
        period  = 300
        region  = local.region
        view    = "timeSeries"
      }
    }]
  })
}
