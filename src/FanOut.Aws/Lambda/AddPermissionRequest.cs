namespace FanOut.Aws.Lambda;

/// <summary>Allows somebody to invoke a function.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html</remarks>
public sealed class AddPermissionRequest
{
    /// <summary>The function's name, partial or full ARN.</summary>
    public required string FunctionName { get; set; }

    /// <summary>Id of the statement, 1 to 100 letters, digits, <c>-</c> and <c>_</c>; unique within the policy.</summary>
    public required string StatementId { get; set; }

    /// <summary>What is allowed: <c>lambda:InvokeFunction</c>.</summary>
    public required string Action { get; set; }

    /// <summary>Who is allowed: a service such as <c>sns.amazonaws.com</c>, an account or an ARN.</summary>
    public required string Principal { get; set; }

    /// <summary>With a service: only for this resource.</summary>
    public string? SourceArn { get; set; }

    /// <summary>With a service: only for resources of this account.</summary>
    public string? SourceAccount { get; set; }

    /// <summary>Only this alias or version. Default: the function without a qualifier.</summary>
    public string? Qualifier { get; set; }

    /// <summary>
    /// Only change the policy if this is its revision; else the service refuses with <c>PreconditionFailedException</c>.
    /// </summary>
    public string? RevisionId { get; set; }
}
