# What the module reads of the pipeline files. The rest is for the functions; ./sluice check reads all of it.
locals {
  documents = { for key, pipeline in var.pipelines : key => try(yamldecode(file(pipeline.file)), {}) }

  destinations = { for key, document in local.documents : key => try(tostring(document.destination.uri), "") }

  # s3://bucket/some/prefix -> some/prefix/NAME/, the only objects that belong to the pipeline.
  folders = {
    for key, uri in local.destinations : key =>
    trimprefix("${trim(try(regex("^s3://[^/]*/(.*)$", uri)[0], ""), "/")}/${key}/", "/")
  }

  landed_tables = {
    for key, document in local.documents : key => [for table in try(document.tables, []) : try(table.as, table.table, "")]
  }

  # Connection options as texts; only these may hold references.
  options = {
    for key, document in local.documents : key => {
      for option, value in try({ for option, value in document.connection : option => value }, {}) :
      option => try(tostring(value), jsonencode(value))
    }
  }

  # The references that a function can look up, as it has neither your environment nor your files: [source, name, #key].
  references = {
    for key, options in local.options : key => {
      for option, value in options : option => regex("^\\s*\\$\\{(secretsmanager|ssm):\\s*([^{}#]*[^{}#\\s])\\s*(#[^{}]+)?\\}\\s*$", value)
      if can(regex("^\\s*\\$\\{(secretsmanager|ssm):\\s*([^{}#]*[^{}#\\s])\\s*(#[^{}]+)?\\}\\s*$", value))
    }
  }

  # Options that hold another reference, or something like one.
  unknown_references = {
    for key, options in local.options : key => [
      for option, value in options : option if strcontains(value, "$${") && !contains(keys(local.references[key]), option)
    ]
  }

  # Options whose name says that they are secret. The functions refuse literal secrets, too, but then the file is
  # already in the bucket.
  secret_option = "(?i)(^|_)(password|passphrase|secret|token|api_key|private_key|pem|credentials?)$"
  literal_secrets = {
    for key, options in local.options : key => [
      for option, value in options : option if can(regex(local.secret_option, option)) && !strcontains(value, "$${")
    ]
  }

  all_references = flatten([for references in values(local.references) : [for reference in values(references) : {
    source = reference[0]
    name   = reference[1]
  }]])

  secret_ids = toset([for reference in local.all_references : reference.name if reference.source == "secretsmanager"])

  # A parameter's name may be an ARN and may end in a version or a label, which IAM does not know: NAME:3.
  parameter_arns = toset([
    for reference in local.all_references :
    startswith(reference.name, "arn:")
    ? join(":", slice(split(":", reference.name), 0, 6))
    : "arn:${local.partition}:ssm:${local.scope}:parameter/${trimprefix(split(":", reference.name)[0], "/")}"
    if reference.source == "ssm"
  ])

  secret_arns = {
    for id in local.secret_ids : id => (
      startswith(id, "arn:") ? id : lookup(var.secret_arns, id, try(data.aws_secretsmanager_secret.named[id].arn, null))
    )
  }
}

# A secret's ARN ends in characters that only Secrets Manager knows. This reads its description, never its value.
data "aws_secretsmanager_secret" "named" {
  for_each = toset([for id in local.secret_ids : id if !startswith(id, "arn:") && !contains(keys(var.secret_arns), id)])
  name     = each.value
}

# By path and hash, so that the content is in no plan and in no state.
resource "aws_s3_object" "pipeline" {
  for_each = var.pipelines

  bucket       = local.bucket
  key          = "${local.config_prefix}/${each.key}.yaml"
  source       = each.value.file
  source_hash  = filesha256(each.value.file)
  content_type = "application/yaml"

  # S3 takes 10 tags for an object and 50 for anything else, so this one has none.
  override_provider {
    default_tags {
      tags = {}
    }
  }

  # Not before the bucket is as it should be: what is uploaded earlier keeps the encryption it came to.
  depends_on = [
    aws_s3_bucket_ownership_controls.lake,
    aws_s3_bucket_public_access_block.lake,
    aws_s3_bucket_server_side_encryption_configuration.lake,
    aws_s3_bucket_versioning.lake,
  ]

  lifecycle {
    precondition {
      condition     = try(tostring(local.documents[each.key].name), "") == each.key
      error_message = <<-EOT
        ${each.value.file} says name: ${try(tostring(local.documents[each.key].name), "nothing")}, but its key in pipelines is ${each.key}.
        Make them the same.
      EOT
    }
    precondition {
      condition     = can(regex("^s3://${var.bucket_name}(/[A-Za-z0-9!_.'()=-]+)*/?$", local.destinations[each.key]))
      error_message = <<-EOT
        ${each.value.file}: destination.uri is "${local.destinations[each.key]}". The functions may write to one bucket only;
        write s3://${var.bucket_name} or s3://${var.bucket_name}/PREFIX.
      EOT
    }
    precondition {
      condition     = !startswith(local.folders[each.key], "${local.config_prefix}/")
      error_message = <<-EOT
        ${each.value.file}: destination.uri lies in config_prefix (${local.config_prefix}), where the pipeline files are.
        Choose another prefix.
      EOT
    }
    precondition {
      condition     = !startswith("${local.config_prefix}/", local.folders[each.key])
      error_message = <<-EOT
        config_prefix (${local.config_prefix}) lies in the folder of the pipeline ${each.key} (${local.folders[each.key]}),
        where the functions may delete. Choose another config_prefix.
      EOT
    }
    precondition {
      condition     = length(local.unknown_references[each.key]) == 0
      error_message = <<-EOT
        ${each.value.file}: connection has something in ${join(", ", local.unknown_references[each.key])} that no function can look up.
        A reference is the whole value: $${secretsmanager:NAME#KEY}, $${secretsmanager:NAME} or $${ssm:NAME}. A function has no files
        of yours, and its environment would show a secret to all who may see the function.
      EOT
    }
    precondition {
      condition     = length(local.literal_secrets[each.key]) == 0
      error_message = <<-EOT
        ${each.value.file}: connection holds a secret itself, in ${join(", ", local.literal_secrets[each.key])}.
        Put it into Secrets Manager and refer to it: $${secretsmanager:NAME#KEY}. Then change it, as it has been in a file.
      EOT
    }
    precondition {
      condition     = length(setsubtract(each.value.tables, local.landed_tables[each.key])) == 0
      error_message = <<-EOT
        ${each.value.file} has no table ${join(", ", setsubtract(each.value.tables, local.landed_tables[each.key]))};
        it has ${join(", ", local.landed_tables[each.key])}.
      EOT
    }
    precondition {
      condition = alltrue([
        for reference in values(local.references[each.key]) : !startswith(reference[1], "arn:")
        || can(regex("^arn:[a-z-]+:(ssm:.+|secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+-[A-Za-z0-9]{6})$", reference[1]))
      ])
      error_message = <<-EOT
        ${each.value.file} refers to a secret by an incomplete ARN.
        Write the secret's name, or its ARN with the six characters at its end.
      EOT
    }
  }
}
