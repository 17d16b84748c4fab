namespace FanOut.Deployment.Policies;

/// <summary>A policy of a role.</summary>
/// <param name="Name">Its name: in the role if it is inline, in the account if it is managed.</param>
/// <param name="IsManaged">Whether it is a managed policy that is attached, for what the inline one has no room for.</param>
/// <param name="Document">The document.</param>
internal sealed record RolePolicy(string Name, bool IsManaged, PolicyDocument Document);
