locals {
  config_objects = "${local.bucket_arn}/${local.config_prefix}/*"
  lake_objects   = [for folder in values(local.folders) : "${local.bucket_arn}/${folder}*"]

  # Lambda makes a function's network interfaces with the function's role; the first three know no resources.
  network_actions = [
    "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups",
    "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses",
  ]

  # What each function may do, and when it needs to. Each is an Allow unless it says otherwise.
  statements = {
    for function in local.functions : function => [
      for row in concat([
        {
          when     = true
          Sid      = "WriteOwnLogs"
          Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = "${local.log_group_arns[function]}:*"
        },
        {
          when     = true
          Sid      = "ReadPipelineFiles"
          Action   = "s3:GetObject"
          Resource = local.config_objects
        },
        {
          # What turns "access denied" into "no such object". IfExists, because S3 decides that for a request that
          # has no prefix. It gives names, never contents.
          when     = true
          Sid      = "TellWhatIsMissing"
          Action   = "s3:ListBucket"
          Resource = local.bucket_arn
          Condition = { StringLikeIfExists = { "s3:prefix" = concat(
            ["${local.config_prefix}/*"],
            [for folder in values(local.folders) : "${folder}*" if contains(local.syncing, function)],
          ) } }
        },
        {
          when     = true
          Sid      = "HandOverWhatFailed"
          Action   = "sqs:SendMessage"
          Resource = local.queue_arns.dead
        },
        {
          when     = contains(local.syncing, function)
          Sid      = "WriteOwnFolders"
          Action   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
          Resource = local.lake_objects
        },
        {
          when      = contains(local.syncing, function)
          Sid       = "KeepCheckpoints"
          Action    = ["dynamodb:GetItem", "dynamodb:UpdateItem"]
          Resource  = local.table_arn
          Condition = { "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = keys(var.pipelines) } }
        },
        {
          when     = contains(local.syncing, function) && length(local.secret_ids) > 0
          Sid      = "ReadSecrets"
          Action   = "secretsmanager:GetSecretValue"
          Resource = values(local.secret_arns)
        },
        {
          when     = contains(local.syncing, function) && length(local.parameter_arns) > 0
          Sid      = "ReadParameters"
          Action   = "ssm:GetParameter"
          Resource = tolist(local.parameter_arns)
        },
        {
          when     = contains(local.syncing, function) && length(var.secret_kms_key_arns) > 0
          Sid      = "DecryptSecrets"
          Action   = "kms:Decrypt"
          Resource = var.secret_kms_key_arns
          Condition = { StringEquals = {
            "kms:ViaService" = [for service in ["secretsmanager", "ssm"] : "${service}.${local.region}.amazonaws.com"]
          } }
        },
        {
          when     = var.kms_key_arn != null
          Sid      = "UseKey"
          Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource = var.kms_key_arn
          Condition = { StringEquals = {
            "kms:ViaService" = [for service in ["dynamodb", "sqs"] : "${service}.${local.region}.amazonaws.com"]
          } }
        },
        {
          when      = local.bucket_kms_key_arn != null
          Sid       = "UseKeyOfBucket"
          Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource  = local.bucket_kms_key_arn
          Condition = { StringEquals = { "kms:ViaService" = "s3.${local.region}.amazonaws.com" } }
        },
        {
          when     = function == "scheduled-sync" && var.fan_out
          Sid      = "QueueTables"
          Action   = "sqs:SendMessage"
          Resource = local.queue_arns.nudges
        },
        {
          when     = function == "event-sync"
          Sid      = "TakeMessages"
          Action   = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
          Resource = [for queue in ["nudges", "resume"] : local.queue_arns[queue] if contains(local.queues, queue)]
        },
        {
          when     = local.resume[function] == "delayed"
          Sid      = "ResumeByMessage"
          Action   = "sqs:SendMessage"
          Resource = local.queue_arns.resume
        },
        {
          when     = local.resume[function] == "scheduled"
          Sid      = "ResumeBySchedule"
          Action   = "scheduler:CreateSchedule"
          Resource = "arn:${local.partition}:scheduler:${local.scope}:schedule/${local.schedule_group}/sluice-*"
        },
        {
          when      = local.resume[function] == "scheduled"
          Sid       = "GiveSchedulesTheirRole"
          Action    = "iam:PassRole"
          Resource  = local.schedule_role_arn
          Condition = { StringEquals = { "iam:PassedToService" = "scheduler.amazonaws.com" } }
        },
        {
          # These two know no resources.
          when     = var.tracing
          Sid      = "Trace"
          Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
          Resource = "*"
        },
        {
          when     = var.vpc != null
          Sid      = "LetLambdaJoinNetworks"
          Action   = local.network_actions
          Resource = "*"
        },
        {
          # Lambda needs them, the code in the function does not.
          when      = var.vpc != null
          Sid       = "KeepCodeFromNetworks"
          Effect    = "Deny"
          Action    = local.network_actions
          Resource  = "*"
          Condition = { ArnEquals = { "lambda:SourceFunctionArn" = local.function_arns[function] } }
        },
        ], [
        for sid, given in var.policy_statements : merge(
          {
            when     = contains(local.syncing, function)
            Sid      = sid
            Effect   = given.effect
            Action   = given.actions
            Resource = given.resources
          },
          { for name, condition in { Condition = given.conditions } : name => condition if length(condition) > 0 },
        )
      ]) : merge({ Effect = "Allow" }, { for name, value in row : name => value if name != "when" }) if row.when
    ]
  }

  schedule_statements = [
    for row in [
      {
        when   = true
        Sid    = "Invoke"
        Action = "lambda:InvokeFunction"
        Resource = [
          for function in local.functions : local.alias_arns[function] if function == "scheduled-sync" || var.resume == "scheduled"
        ]
      },
      {
        when     = true
        Sid      = "HandOverWhatFailed"
        Action   = "sqs:SendMessage"
        Resource = local.queue_arns.dead
      },
      {
        when      = var.kms_key_arn != null
        Sid       = "UseKey"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = var.kms_key_arn
        Condition = { StringEquals = { "kms:ViaService" = "sqs.${local.region}.amazonaws.com" } }
      },
    ] : merge({ Effect = "Allow" }, { for name, value in row : name => value if name != "when" }) if row.when
  ]
}
