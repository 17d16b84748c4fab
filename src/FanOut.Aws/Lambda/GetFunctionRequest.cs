namespace FanOut.Aws.Lambda;

/// <summary>Asks for a function.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html</remarks>
public sealed class GetFunctionRequest
{
    /// <summary>The function's name, partial or full ARN; may end in a qualifier.</summary>
    public required string FunctionName { get; set; }

    /// <summary>An alias or version; null: <c>$LATEST</c>.</summary>
    public string? Qualifier { get; set; }
}
