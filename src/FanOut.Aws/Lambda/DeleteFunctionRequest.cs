namespace FanOut.Aws.Lambda;

/// <summary>Deletes a function with all its versions and aliases, or one version.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html</remarks>
public sealed class DeleteFunctionRequest
{
    /// <summary>The function's name, partial or full ARN.</summary>
    public required string FunctionName { get; set; }

    /// <summary>Only this version, which no alias may name. Default: the whole function.</summary>
    public string? Qualifier { get; set; }
}
