namespace FanOut.Aws.Lambda;

/// <summary>Gives a version of a function a name.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html</remarks>
public sealed class CreateAliasRequest
{
    /// <summary>The function's name, partial or full ARN; without a qualifier.</summary>
    public required string FunctionName { get; set; }

    /// <summary>The alias's name: letters, digits, <c>-</c> and <c>_</c>, not only digits.</summary>
    public required string Name { get; set; }

    /// <summary>The version, or <c>$LATEST</c>.</summary>
    public required string FunctionVersion { get; set; }

    /// <summary>Its description.</summary>
    public string? Description { get; set; }

    /// <summary>Which share of its invocations goes to another version. Default: none.</summary>
    public AliasRoutingConfiguration? RoutingConfig { get; set; }
}
