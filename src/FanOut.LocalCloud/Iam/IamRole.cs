using FanOut.LocalCloud.Policies;
using FanOut.LocalCloud.Sts;

namespace FanOut.LocalCloud.Iam;

/// <summary>A role of IAM. Thread-safe.</summary>
public sealed class IamRole
{
    private readonly object _gate = new();
    private readonly SortedDictionary<string, ParsedPolicy> _inline = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Func<ParsedPolicy>> _attached = new(StringComparer.Ordinal);
    private volatile ParsedPolicy _trust;
    private int _callsUntilAssumable;

    internal IamRole(string arn, string id, ParsedPolicy trust, DateTimeOffset created, int callsUntilAssumable)
    {
        (Arn, Id, _trust, Created, _callsUntilAssumable) = (arn, id, trust, created, callsUntilAssumable);
    }

    /// <summary>The ARN, with the path.</summary>
    public string Arn { get; }

    /// <summary>The name.</summary>
    public string Name => DestinationName.Short(Arn);

    /// <summary>The path; <c>/</c> for none.</summary>
    public string Path => ArnText.Part(Arn, 5)["role".Length..^Name.Length];

    /// <summary>The unique id, <c>AROA…</c>.</summary>
    public string Id { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>The description; null for none.</summary>
    public string? Description { get; internal set; }

    /// <summary>The longest session.</summary>
    /// <value>1 h</value>
    public TimeSpan MaxSessionDuration { get; internal set; } = TimeSpan.FromHours(1);

    /// <summary>The tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; internal set; } = new Dictionary<string, string>();

    /// <summary>The trust policy: who may assume the role.</summary>
    public string AssumeRolePolicy => _trust.Text;

    /// <summary>The inline policies by name.</summary>
    public IReadOnlyDictionary<string, string> InlinePolicies
    {
        get { lock (_gate) { return _inline.ToDictionary(policy => policy.Key, policy => policy.Value.Text); } }
    }

    /// <summary>The ARNs of the attached managed policies.</summary>
    public IReadOnlyList<string> AttachedPolicies
    {
        get { lock (_gate) { return [.. _attached.Keys]; } }
    }

    /// <summary>Puts an inline policy; one of that name is replaced.</summary>
    /// <exception cref="ServiceException">MalformedPolicyDocument: IAM would not accept it; UnsupportedByStandIn: it cannot be evaluated here.</exception>
    public void PutPolicy(string name, string document)
    {
        ParsedPolicy read = ParsedPolicy.OfIdentity(document);
        lock (_gate)
        {
            _inline[name] = read;
        }
    }

    /// <summary>Evaluates the role's policies for an action on a resource, even if policies are not enforced: for tests of policies that allow too much.</summary>
    /// <param name="action">The action in IAM's words, for example <c>kinesis:PutRecords</c>.</param>
    /// <param name="resource">The resource's ARN; <c>*</c> for actions without one.</param>
    public AccessDecision Decide(string action, string resource) => Decide(new AccessRequest(action, resource));

    internal AccessDecision Decide(AccessRequest request)
    {
        lock (_gate)
        {
            return PolicyStatement.Decide(_inline.Values.Concat(_attached.Values.Select(static document => document())).SelectMany(policy => policy.Statements), request);
        }
    }

    /// <summary>Whether its trust policy lets a caller assume it.</summary>
    internal bool Trusts(PrincipalNames caller, AccessRequest request) =>
        PolicyStatement.Decide(_trust.Statements.Where(statement => statement.Means(caller.All)), request) == AccessDecision.Allowed;

    /// <summary>
    /// Whether Lambda can assume it for a function that is being made: not in the first calls after the role was made (<see
    /// cref="CloudOptions.CallsUntilRoleIsAssumable"/>).
    /// </summary>
    internal bool IsAssumableByLambda(string functionArn)
    {
        if (Interlocked.Decrement(ref _callsUntilAssumable) >= 0)
        {
            return false;
        }

        Interlocked.Exchange(ref _callsUntilAssumable, 0);
        AccessRequest request = new AccessRequest("sts:AssumeRole", Arn)
            .With(ConditionKeys.SourceArn, functionArn).With(ConditionKeys.SourceAccount, ArnText.Part(functionArn, 4));
        return Trusts(PrincipalNames.Service("lambda.amazonaws.com"), request);
    }

    internal void Trust(ParsedPolicy trust) => _trust = trust;

    /// <summary>Deletes an inline policy.</summary>
    /// <returns>Whether there was one of that name.</returns>
    public bool DeletePolicy(string name)
    {
        lock (_gate)
        {
            return _inline.Remove(name);
        }
    }

    internal void Attach(string arn, Func<ParsedPolicy> document)
    {
        lock (_gate)
        {
            _attached[arn] = document;
        }
    }

    internal bool Detach(string arn)
    {
        lock (_gate)
        {
            return _attached.Remove(arn);
        }
    }
}
