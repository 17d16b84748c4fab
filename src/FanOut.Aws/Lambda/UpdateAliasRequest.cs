namespace FanOut.Aws.Lambda;

/// <summary>Changes an alias: only what is set.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html</remarks>
public sealed class UpdateAliasRequest
{
    /// <summary>The function's name, partial or full ARN; without a qualifier.</summary>
    public required string FunctionName { get; set; }

    /// <summary>The alias's name.</summary>
    public required string Name { get; set; }

    /// <summary>The version, or <c>$LATEST</c>.</summary>
    public string? FunctionVersion { get; set; }

    /// <summary>Its description; empty removes it.</summary>
    public string? Description { get; set; }

    /// <summary>Which share of its invocations goes to another version.</summary>
    public AliasRoutingConfiguration? RoutingConfig { get; set; }

    /// <summary>
    /// Only change the alias if this is its revision; else the service refuses with <c>PreconditionFailedException</c>.
    /// </summary>
    public string? RevisionId { get; set; }
}
