locals {
  # What a chart may be of, and the values of its dimension.
  chart_subjects = {
    pipeline = { namespace = var.metrics_namespace, dimension = "pipeline", values = keys(var.pipelines) }
    function = { namespace = "AWS/Lambda", dimension = "FunctionName", values = values(local.function_names) }
    queue    = { namespace = "AWS/SQS", dimension = "QueueName", values = [for queue in local.queues : local.queue_names[queue]] }
  }

  charts = [
    { title = "Lag (s)", stat = "Maximum", of = "pipeline", metrics = ["LagSeconds"] },
    { title = "Records", stat = "Sum", of = "pipeline", metrics = ["Records"] },
    { title = "Bytes", stat = "Sum", of = "pipeline", metrics = ["Bytes"] },
    { title = "Tables that did not catch up", stat = "Sum", of = "pipeline", metrics = ["Failed", "OutOfTime", "RateLimited", "Busy"] },
    { title = "Requests and retries", stat = "Sum", of = "pipeline", metrics = ["Requests", "Retries"] },
    { title = "Duration (ms)", stat = "Maximum", of = "function", metrics = ["Duration"] },
    { title = "Invocations, errors, throttles", stat = "Sum", of = "function", metrics = ["Invocations", "Errors", "Throttles"] },
    { title = "Messages", stat = "Maximum", of = "queue", metrics = ["ApproximateNumberOfMessagesVisible"] },
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
        title = chart.title
        stat  = chart.stat
        metrics = [
          for pair in setproduct(local.chart_subjects[chart.of].values, chart.metrics) :
          [local.chart_subjects[chart.of].namespace, pair[1], local.chart_subjects[chart.of].dimension, pair[0]]
        ]
        period = 300
        region = local.region
        view   = "timeSeries"
      }
    }]
  })
}
