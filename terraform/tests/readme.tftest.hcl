# The tables of README.md have every input with its type and default, and every output, in the order of the code.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  function_zip = "tests/fixtures/function.zip"
  bucket_name  = "acme-lake"
  pipelines    = { acme-github = { file = "tests/fixtures/acme-github.yaml" } }
}

run "the_readme_is_true" {
  command = plan

  assert {
    condition = [for row in regexall("(?m)^\\| `.*$", split("## Outputs", split("## Inputs", file("${path.module}/README.md"))[1])[0]) : row] == [
      for block in slice(split("\nvariable \"", file("${path.module}/variables.tf")), 1, length(split("\nvariable \"", file("${path.module}/variables.tf")))) :
      format(
        "| `%s` | `%s` | %s | %s |",
        split("\"", block)[0],
        replace(regex("\n  type += (map\\(object|object|[a-z]+(?:\\([a-z]+\\))?)", block)[0], "(object", "(object)"),
        try("`${regex("\n  default += (.*)", block)[0]}`", "required"),
        replace(regex("\n  description = \"((?:[^\"\\\\]|\\\\.)*)\"", block)[0], "\\\"", "\""),
      )
    ]
    error_message = "The tables of inputs differ from variables.tf."
  }

  assert {
    condition = [for row in regexall("(?m)^\\| `.*$", split("## Outputs", file("${path.module}/README.md"))[1]) : row] == [
      for match in regexall("(?s)output \"(\\w+)\" \\{\\n  description = \"((?:[^\"\\\\]|\\\\.)*)\"", file("${path.module}/outputs.tf")) :
      format("| `%s` | %s |", match[0], replace(match[1], "\\\"", "\""))
    ]
    error_message = "The table of outputs differs from outputs.tf."
  }

  # Counted in another way, so that a pattern that matches nothing cannot pass.
  assert {
    condition     = length(regexall("(?m)^\\| `\\w+` \\|", split("## Inputs", file("${path.module}/README.md"))[1])) == length(regexall("(?m)^(variable|output) \"", join("\n", [for name in fileset(path.module, "*.tf") : file("${path.module}/${name}")])))
    error_message = "README.md has another number of rows than there are inputs and outputs."
  }

  # A reader who jumps to a section finds it.
  assert {
    condition     = alltrue([for match in regexall("see \\\\?\"([A-Z][^\"\\\\]+)", file("${path.module}/variables.tf")) : strcontains(file("${path.module}/README.md"), "\n## ${match[0]}\n")])
    error_message = "A description names a section that README.md does not have."
  }

  assert {
    condition     = length(output.functions) == 1
    error_message = "The module was not planned."
  }
}
