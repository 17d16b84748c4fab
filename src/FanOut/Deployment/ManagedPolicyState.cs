using FanOut.Aws.IdentityManagement;

namespace FanOut.Deployment;

/// <summary>One of the module's managed policies as IAM has it.</summary>
/// <param name="Arn">Its ARN, whether it exists or not.</param>
/// <param name="Document">Its document; null: it does not exist.</param>
/// <param name="Versions">Its versions, the oldest first.</param>
/// <param name="Roles">The function's roles to which it is attached: its role, or also the role that it had before.</param>
internal sealed record ManagedPolicyState(string Arn, string? Document, IReadOnlyList<PolicyVersion> Versions, IReadOnlyList<string> Roles)
{
    /// <summary>Whether it is attached to the function's role.</summary>
    public bool IsAttached => Roles.Count > 0;

    /// <summary>Whether it may be deleted: the module made it for the function, and it is attached to nothing else.</summary>
    public bool IsDisposable { get; init; }

    /// <summary>Its name.</summary>
    public string Name => Arn[(Arn.LastIndexOf('/') + 1)..];
}
