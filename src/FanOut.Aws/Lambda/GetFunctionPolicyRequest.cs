namespace FanOut.Aws.Lambda;

/// <summary>Asks who may invoke a function.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html</remarks>
public sealed class GetFunctionPolicyRequest
{
    /// <summary>The function's name, partial or full ARN.</summary>
    public required string FunctionName { get; set; }

    /// <summary>The policy of this alias or version. Default: the function's own.</summary>
    public string? Qualifier { get; set; }
}
