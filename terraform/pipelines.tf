# What the module reads of the pipeline files. The rest is for the functions; ./sluice check reads all of it.
locals {
  documents = { for key, pipeline in var.pipelines : key => try(yamldecode(file(pipeline.file)), {}) }

  connections = { for key, document in local.documents : key => try(document.connection, {}) }

  destinations = { for key, document in local.documents : key => try(tostring(document.destination.uri), "") }

  # s3://bucket/some/prefix -> some/prefix/NAME/, the only objects that belong to the pipeline.
  folders = {
    for key, uri in local.destinations : key =>
    trimprefix("${trim(try(regex("^s3://[^/]*/(.*)$", uri)[0], ""), "/")}/${key}/", "/")
  }

  landed_tables = { for key, document in local.documents : key => [for table in try(document.tables, []) : try(table.as, table.table, "")] }

  # Connection options as texts; only these may hold references.
  options = {
    for key, connection in local.connections : key => {
      for option, value in try({ for option, value in connection : option => value }, {}) : option => try(tostring(value), jsonencode(value))
    }
  }

  references = {
    for key, options in local.options : key => [
      for value in values(options) : {
        source = regex("^\\$\\{([a-z]+):", trimspace(value))[0]
        target = trimspace(regex("^\\$\\{[a-z]+:([^{}]+)\\}$", trimspace(value))[0])
      } if can(regex("^\\$\\{[a-z]+:[^{}]+\\}$", trimspace(value)))
    ]
  }

  malformed_references = {
    for key, options in local.options : key => [
      for option, value in options : option if strcontains(value, "$${") && !can(regex("^\\$\\{[a-z]+:[^{}]+\\}$", trimspace(value)))
    ]
  }

  # What no function can look up: it has neither your environment nor your files.
  foreign_references = {
    for key, references in local.references : key => [
      for reference in references : "$${${reference.source}:${reference.target}}" if !contains(["secretsmanager", "ssm"], reference.source)
    ]
  }

  # Options whose name says that they are secret. The functions refuse literal secrets, too, but then the file is
  # already in the bucket.
  literal_secrets = {
    for key, options in local.options : key => [
      for option, value in options : option
      if can(regex("(?i)(^|_)(password|passphrase|secret|token|api_key|private_key|pem|credentials?)$", option)) && !strcontains(value, "$${")
    ]
  }

  secret_ids = toset(flatten([
    for references in values(local.references) : [for reference in references : trimspace(split("#", reference.target)[0]) if reference.source == "secretsmanager"]
  ]))

  # A parameter's name may be an ARN and may end in a version or a label, which IAM does not know: NAME:3.
  parameter_arns = toset(flatten([
    for references in values(local.references) : [
      for reference in references :
      startswith(reference.target, "arn:")
      ? join(":", slice(split(":", reference.target), 0, 6))
      : "arn:${local.partition}:ssm:${local.scope}:parameter/${trimprefix(split(":", reference.target)[0], "/")}"
      if reference.source == "ssm"
    ]
  ]))

  named_secrets = toset([for id in local.secret_ids : id if !startswith(id, "arn:") && !contains(keys(var.secret_arns), id)])

  secret_arns = {
    for id in local.secret_ids : id => (
      startswith(id, "arn:") ? id
      : contains(keys(var.secret_arns), id) ? var.secret_arns[id]
      : data.aws_secretsmanager_secret.named[id].arn
    )
  }
}

# A secret's ARN ends in characters that only Secrets Manager knows. This reads its description, never its value.
data "aws_secretsmanager_secret" "named" {
  for_each = local.named_secrets
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
      error_message = "${each.value.file} says name: ${try(tostring(local.documents[each.key].name), "nothing")}, but its key in pipelines is ${each.key}. Make them the same."
    }
    precondition {
      condition     = can(regex("^s3://${var.bucket_name}(/[A-Za-z0-9!_.'()=-]+)*/?$", local.destinations[each.key]))
      error_message = "${each.value.file}: destination.uri is \"${local.destinations[each.key]}\". The functions may write to one bucket only; write s3://${var.bucket_name} or s3://${var.bucket_name}/PREFIX."
    }
    precondition {
      condition     = !startswith(local.folders[each.key], "${local.config_prefix}/")
      error_message = "${each.value.file}: destination.uri lies in config_prefix (${local.config_prefix}), where the pipeline files are. Choose another prefix."
    }
    precondition {
      condition     = !startswith("${local.config_prefix}/", local.folders[each.key])
      error_message = "config_prefix (${local.config_prefix}) lies in the folder of the pipeline ${each.key} (${local.folders[each.key]}), where the functions may delete. Choose another config_prefix."
    }
    precondition {
      condition     = length(local.malformed_references[each.key]) == 0
      error_message = "${each.value.file}: connection has a malformed reference in ${join(", ", local.malformed_references[each.key])}. A reference is the whole value: $${secretsmanager:NAME#KEY}, $${secretsmanager:NAME} or $${ssm:NAME}."
    }
    precondition {
      condition     = length(local.foreign_references[each.key]) == 0
      error_message = "${each.value.file}: ${join(", ", local.foreign_references[each.key])} is nothing that a function can look up. Write $${secretsmanager:NAME#KEY} or $${ssm:NAME}; the function's environment would show a secret to all who may see the function."
    }
    precondition {
      condition     = length(local.literal_secrets[each.key]) == 0
      error_message = "${each.value.file}: connection holds a secret itself, in ${join(", ", local.literal_secrets[each.key])}. Put it into Secrets Manager and refer to it: $${secretsmanager:NAME#KEY}. Then change it, as it has been in a file."
    }
    precondition {
      condition     = length(setsubtract(each.value.tables, local.landed_tables[each.key])) == 0
      error_message = "${each.value.file} has no table ${join(", ", setsubtract(each.value.tables, local.landed_tables[each.key]))}; it has ${join(", ", local.landed_tables[each.key])}."
    }
    precondition {
      condition     = alltrue([for id in local.secret_ids : !startswith(id, "arn:") || can(regex("^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+-[A-Za-z0-9]{6}$", id))])
      error_message = "A pipeline file refers to a secret by an incomplete ARN. Write the secret's name, or its ARN with the six characters at its end."
    }
  }
}
