using FanOut.EndToEnd.Deployment;
using FanOut.LocalCloud.Policies;

namespace FanOut.EndToEnd.Pipelines;

/// <summary>An action that is allowed on a resource.</summary>
/// <param name="Action">The action.</param>
/// <param name="Resource">The resource, or a pattern.</param>
internal sealed record SamplePermission(string Action, string Resource)
{
    /// <summary>Whether it allows what was asked for.</summary>
    public bool Covers(AccessCheck check) => Action == check.Action && PolicyStatements.Fits(check.Resource, Resource);
}
