namespace FanOut.LocalCloud.Policies;

/// <summary>One action on one resource that a policy is asked about.</summary>
internal sealed record AccessRequest(string Action, string Resource)
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>Resources that the same call may mean as well, where the stand-in cannot tell them apart: one that is allowed is enough.</summary>
    public IReadOnlyList<string> OtherResources { get; init; } = [];

    /// <summary>The condition keys there are, by their names in lower case.</summary>
    public IReadOnlyDictionary<string, string> Context { get; init; } = None;

    /// <summary>The same request with one condition key more; a key without a value is not there.</summary>
    public AccessRequest With(string key, string? value) => value is null
        ? this
        : this with { Context = new Dictionary<string, string>(Context) { [ConditionKeys.Normalized(key)] = value } };
}
