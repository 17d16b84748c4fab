namespace FanOut.LocalCloud.Policies;

/// <summary>An action on a resource that policies are evaluated for.</summary>
internal sealed record AccessRequest(string Action, string Resource)
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>Other resources that the call may mean, if the stand-in cannot tell which: it is enough if one is allowed.</summary>
    public IReadOnlyList<string> OtherResources { get; init; } = [];

    /// <summary>The condition keys of the request, by their names in lower case.</summary>
    public IReadOnlyDictionary<string, string> Context { get; init; } = None;

    /// <summary>The same request with one more condition key; null: the request does not have the key.</summary>
    public AccessRequest With(string key, string? value) => value is null
        ? this
        : this with { Context = new Dictionary<string, string>(Context) { [ConditionKeys.Normalized(key)] = value } };
}
