namespace FanOut.Aws.Lambda;

/// <summary>Asks for a function's settings.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html</remarks>
public sealed class GetFunctionConfigurationRequest
{
    /// <summary>The function's name, partial or full ARN; may end in a qualifier.</summary>
    public required string FunctionName { get; set; }

    /// <summary>An alias or version; null: <c>$LATEST</c>.</summary>
    public string? Qualifier { get; set; }
}
