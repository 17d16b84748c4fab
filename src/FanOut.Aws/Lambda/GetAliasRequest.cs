namespace FanOut.Aws.Lambda;

/// <summary>Asks for an alias.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html</remarks>
public sealed class GetAliasRequest
{
    /// <summary>The function's name, partial or full ARN; without a qualifier.</summary>
    public required string FunctionName { get; set; }

    /// <summary>The alias's name.</summary>
    public required string Name { get; set; }
}
