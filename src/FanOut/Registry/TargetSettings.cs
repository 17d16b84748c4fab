using System.Globalization;
using Amazon.DynamoDBv2.Model;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;
using FanOut.Errors;

namespace FanOut.Registry;

/// <summary>New settings of a mapping, as attributes of its row, in the order in which they were given.</summary>
/// <remarks>They are checked with the function's own reader of rows.</remarks>
internal sealed class TargetSettings
{
    private readonly Dictionary<string, AttributeValue?> _attributes = [];

    /// <summary>The attributes; null removes one.</summary>
    public IReadOnlyDictionary<string, AttributeValue?> Attributes => _attributes;

    /// <summary>Sets a text; an empty one removes the attribute.</summary>
    public void Text(string attribute, string? value) => _attributes[attribute] = string.IsNullOrEmpty(value) ? null : new AttributeValue(value);

    /// <summary>Sets a truth value.</summary>
    public void Flag(string attribute, bool value) => _attributes[attribute] = new AttributeValue { BOOL = value };

    /// <summary>Sets a number of bytes; null removes the attribute.</summary>
    public void Bytes(string attribute, int? value) =>
        _attributes[attribute] = value is { } bytes ? new AttributeValue { N = bytes.ToString(CultureInfo.InvariantCulture) } : null;

    /// <summary>Checks the row that these settings make, and gives its mapping.</summary>
    /// <param name="own">The fan-out function, which must not be its own target.</param>
    /// <param name="row">The row before the change; null: there is none yet.</param>
    /// <exception cref="FanOutException">A value is not allowed; the message names it, and what is allowed.</exception>
    public Mapping Check(OwnFunction own, IReadOnlyDictionary<string, AttributeValue>? row = null)
    {
        Dictionary<string, AttributeValue> item = row is null ? [] : new(row);
        foreach ((string attribute, AttributeValue? value) in _attributes)
        {
            if (value is null)
            {
                item.Remove(attribute);
            }
            else
            {
                item[attribute] = value;
            }
        }

        CheckKey.Of(item.GetValueOrDefault(MappingAttributes.SourceArn)?.S, item.GetValueOrDefault(MappingAttributes.Id)?.S);
        CheckDestination(item);
        CheckReach(item);
        CheckAccounts();
        if (RowLimits.ProblemOf(item) is { } excess)
        {
            throw FanOutError.InvalidSettings(null, excess, "Filter", "Transform", "MessageAttribute");
        }

        if (MappingReader.Read(item, out InvalidMapping? invalid, own) is { } mapping)
        {
            return mapping;
        }

        throw invalid!.Loop is { } loop
            ? FanOutError.InvalidDestination(item[MappingAttributes.Destination].S, loop)
            : FanOutError.InvalidSettings(item.GetValueOrDefault(MappingAttributes.Id)?.S, invalid.Reason, [.. invalid.Attributes.Select(SettingValues.ParameterOf)]);
    }

    private void CheckDestination(Dictionary<string, AttributeValue> item)
    {
        if (MappingText.TryParse(item.GetValueOrDefault(MappingAttributes.Type)?.S, out TargetType type)
            && item.GetValueOrDefault(MappingAttributes.Destination)?.S is { } text)
        {
            bool isCache = type is TargetType.Memcached or TargetType.Redis;
            if (isCache && text.Contains(Masked.Stars + "@", StringComparison.Ordinal))
            {
                throw FanOutError.InvalidDestination(text, "it has stars in place of its password; Get-FanOutTarget -IncludeSecret shows it");
            }

            if (!Destination.TryParse(type, text, out Destination? destination, out string? problem))
            {
                throw FanOutError.InvalidDestination(Masked.Of(text, isCache), problem);
            }

            // What is set now is checked, not what the row has had all along.
            if (Sets(MappingAttributes.Destination) && destination is IndexDestination { Index: var index } && IndexName.ProblemOf(Example(destination) ?? index) is { } why)
            {
                throw FanOutError.InvalidDestination(text, $"{why}; the index would be '{index}'");
            }

            if (Sets(MappingAttributes.Destination) && destination is IotDestination { Topic: var topic } && ReservedTopics.ProblemOf(Example(destination) ?? topic) is { } reserved)
            {
                throw FanOutError.InvalidDestination(text, reserved);
            }
        }
    }

    // What a record makes of it is checked by record; what is always the same, here.
    private static string? Example(Destination destination) => destination.Template is { } template ? RecordPlaces.Fill(template, "v") : null;

    // Only new settings are checked: an old row may have such settings, and they do no harm.
    private void CheckReach(Dictionary<string, AttributeValue> item)
    {
        string? type = item.GetValueOrDefault(MappingAttributes.Type)?.S?.ToUpperInvariant();
        if (type == "HTTP" && Sets(MappingAttributes.Region))
        {
            throw FanOutError.InvalidParameter("DestinationRegion", null, "does not apply to http: an endpoint is in no region of AWS's.");
        }

        if (type == "HTTP" && Sets(MappingAttributes.Role) && !item.ContainsKey(MappingAttributes.HeadersSecret))
        {
            throw FanOutError.InvalidParameter("DestinationRoleArn", null, "reads the secret of an http target's headers: give -HeadersSecret too.");
        }

        if (type is "REDIS" or "MEMCACHED" && (Sets(MappingAttributes.Role) || Sets(MappingAttributes.Region)))
        {
            string parameter = Sets(MappingAttributes.Role) ? "DestinationRoleArn" : "DestinationRegion";
            throw FanOutError.InvalidParameter(parameter, null, "does not apply to redis and memcached: a cache is reached through the function's own VPC.", $"Leave -{parameter} out.");
        }

        if (Sets(MappingAttributes.ExternalId) && !item.ContainsKey(MappingAttributes.Role))
        {
            throw FanOutError.InvalidParameter(
                "ExternalId", null, "is handed over when a role is assumed: give -DestinationRoleArn too.", $"Give -DestinationRoleArn {SettingValues.Of("DestinationRoleArn", null)} too, or leave -ExternalId out.");
        }
    }

    private void CheckAccounts()
    {
        foreach ((string attribute, string parameter) in new[] { (MappingAttributes.Destination, "Destination"), (MappingAttributes.Role, "DestinationRoleArn"), (MappingAttributes.DeadLetter, "DeadLetter") })
        {
            if (Arn.TryParse(_attributes.GetValueOrDefault(attribute)?.S, out Arn? arn) && arn.Account.Length > 0 && !AccountId.IsOne(arn.Account))
            {
                throw FanOutError.InvalidParameter(parameter, arn.ToString(), $"{arn} is in the account '{arn.Account}'; {AccountId.Form}.");
            }
        }
    }

    private bool Sets(string attribute) => _attributes.GetValueOrDefault(attribute) is not null;
}
