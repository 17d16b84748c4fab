namespace FanOut.Aws.Lambda;

/// <summary>Removes a statement of a function's policy.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html</remarks>
public sealed class RemovePermissionRequest
{
    /// <summary>The function's name, partial or full ARN.</summary>
    public required string FunctionName { get; set; }

    /// <summary>Id of the statement.</summary>
    public required string StatementId { get; set; }

    /// <summary>The policy of this alias or version. Default: the function's own.</summary>
    public string? Qualifier { get; set; }

    /// <summary>
    /// Only change the policy if this is its revision; else the service refuses with <c>PreconditionFailedException</c>.
    /// </summary>
    public string? RevisionId { get; set; }
}
