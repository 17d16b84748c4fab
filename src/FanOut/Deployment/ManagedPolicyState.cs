using FanOut.Aws.IdentityManagement;

namespace FanOut.Deployment;

/// <summary>A managed policy of the module's as it was found.</summary>
/// <param name="Arn">Its ARN, whether it is there or not.</param>
/// <param name="Document">What it says; none: it is not there.</param>
/// <param name="Versions">Its versions, the oldest first.</param>
/// <param name="Roles">The function's roles that have it: one, or also the one that it had before.</param>
internal sealed record ManagedPolicyState(string Arn, string? Document, IReadOnlyList<PolicyVersion> Versions, IReadOnlyList<string> Roles)
{
    /// <summary>Whether the function's role has it.</summary>
    public bool IsAttached => Roles.Count > 0;

    /// <summary>Whether it may be deleted: the module made it for the function, and nobody else has it.</summary>
    public bool IsDisposable { get; init; }

    /// <summary>Its name.</summary>
    public string Name => Arn[(Arn.LastIndexOf('/') + 1)..];
}
