namespace FanOut.Deployment.Policies;

/// <summary>A policy that a role is to have.</summary>
/// <param name="Name">Its name: in the role if it is inline, in the account if it is managed.</param>
/// <param name="IsManaged">Whether it is a managed policy, for what does not fit into the inline one.</param>
/// <param name="Document">The document.</param>
internal sealed record RolePolicy(string Name, bool IsManaged, PolicyDocument Document);
