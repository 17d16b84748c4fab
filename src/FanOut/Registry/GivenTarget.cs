using System.Globalization;
using System.Management.Automation;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Parameters;

namespace FanOut.Registry;

/// <summary>A target as somebody gives it: by parameters, by a piped object (of Get-FanOutTarget, of a CSV file, of JSON), or in a file.</summary>
/// <param name="value">The value of a property, by the name of the parameter; null: there is none.</param>
internal sealed class GivenTarget(Func<string, object?> value)
{
    private static readonly (string Property, string Attribute)[] Texts =
    [
        (nameof(FanOutTarget.SourceArn), MappingAttributes.SourceArn),
        (nameof(FanOutTarget.Id), MappingAttributes.Id),
        (nameof(FanOutTarget.Type), MappingAttributes.Type),
        (nameof(FanOutTarget.Destination), MappingAttributes.Destination),
        (nameof(FanOutTarget.DestinationRoleArn), MappingAttributes.Role),
        (nameof(FanOutTarget.ExternalId), MappingAttributes.ExternalId),
        (nameof(FanOutTarget.DestinationRegion), MappingAttributes.Region),
        (nameof(FanOutTarget.Collapse), MappingAttributes.Collapse),
        (nameof(FanOutTarget.View), MappingAttributes.View),
        (nameof(FanOutTarget.Unpack), MappingAttributes.Unpack),
        (nameof(FanOutTarget.HashKey), MappingAttributes.HashKey),
        (nameof(FanOutTarget.RecordFormat), MappingAttributes.RecordFormat),
        (nameof(FanOutTarget.Key), MappingAttributes.Key),
        (nameof(FanOutTarget.DocumentId), MappingAttributes.DocumentId),
        (nameof(FanOutTarget.DocumentAction), MappingAttributes.DocumentAction),
        (nameof(FanOutTarget.DeduplicationId), MappingAttributes.DeduplicationId),
        (nameof(FanOutTarget.EventSource), MappingAttributes.EventSource),
        (nameof(FanOutTarget.DetailType), MappingAttributes.DetailType),
        (nameof(FanOutTarget.HeadersSecret), MappingAttributes.HeadersSecret),
        (nameof(FanOutTarget.DeadLetter), MappingAttributes.DeadLetter),
        (nameof(FanOutTarget.OnFailure), MappingAttributes.OnFailure),
    ];

    private static readonly (string Property, string Attribute, bool Default)[] Flags =
    [
        (nameof(FanOutTarget.Parallel), MappingAttributes.Parallel, true),
        (nameof(FanOutTarget.ConvertDDB), MappingAttributes.ConvertDDB, false),
        (nameof(FanOutTarget.Deaggregate), MappingAttributes.Deaggregate, false),
        (nameof(FanOutTarget.AppendNewlines), MappingAttributes.AppendNewlines, false),
        (nameof(FanOutTarget.Passthrough), MappingAttributes.Passthrough, false),
    ];

    private static readonly (string Property, string Attribute)[] Sizes =
    [
        (nameof(FanOutTarget.MaxItemBytes), MappingAttributes.MaxItemBytes),
        (nameof(FanOutTarget.MaxBatchBytes), MappingAttributes.MaxBatchBytes),
    ];

    private static readonly JsonTextAttribute Json = new();
    private static readonly NullWhenEmptyAttribute Number = new(typeof(int));

    /// <summary>The kind of target.</summary>
    /// <exception cref="FanOutException">InvalidParameter: there is no such kind.</exception>
    public TargetType Type => MappingText.TryParse(Text(nameof(Type)), out TargetType type)
        ? type : throw FanOutError.InvalidParameter(nameof(Type), Text(nameof(Type)), $"'{Text(nameof(Type))}' is not one of {MappingText.AllTypes}.");

    /// <summary>Whether it is a cache: its destination needs no permission, and may have a password.</summary>
    public bool IsCache => MappingText.TryParse(Text(nameof(Type)), out TargetType type) && type is TargetType.Memcached or TargetType.Redis;

    /// <summary>Whether a property has a value that says something.</summary>
    public bool Has(string property) => value(property) is not (null or "");

    /// <summary>The text of a property; null: it has none.</summary>
    public string? Text(string property) => value(property)?.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>The same target with another value of a property.</summary>
    public GivenTarget With(string property, object? other) => new(p => p == property ? other : value(p));

    /// <summary>The settings. What the target does not have, has its default.</summary>
    /// <exception cref="FanOutException">InvalidParameter: a property is no truth value, number or pattern.</exception>
    public TargetSettings Settings()
    {
        var settings = new TargetSettings();
        foreach ((string property, string attribute) in Texts)
        {
            settings.Text(attribute, Text(property));
        }

        foreach ((string property, string attribute, bool byDefault) in Flags)
        {
            settings.Flag(attribute, Convert(property, v => v is null ? byDefault : (bool)new FlagAttribute { WhenEmpty = byDefault }.Transform(null!, v)!));
        }

        string enabled = value(nameof(FanOutTarget.Enabled)) is null ? nameof(FanOutTarget.Active) : nameof(FanOutTarget.Enabled);
        settings.Flag(MappingAttributes.Active, Convert(enabled, static v => v is not null && (bool)new FlagAttribute().Transform(null!, v)!));
        foreach ((string property, string attribute) in Sizes)
        {
            settings.Bytes(attribute, Convert(property, static v => (int?)Number.Transform(null!, v)));
        }

        settings.Text(MappingAttributes.Filter, Convert(nameof(FanOutTarget.Filter), static v => (string?)Json.Transform(null!, v)));
        settings.Text(MappingAttributes.MessageAttributes, Convert(nameof(FanOutTarget.MessageAttribute), static v => (string?)Json.Transform(null!, v)));
        settings.Text(MappingAttributes.Transform, Convert(nameof(FanOutTarget.Transform), static v => (string?)Json.Transform(null!, v)));
        return settings;
    }

    private T Convert<T>(string property, Func<object?, T> convert)
    {
        object? given = value(property);
        try
        {
            return convert(given);
        }
        catch (Exception e) when (e is ArgumentTransformationMetadataException or PSInvalidCastException or InvalidCastException)
        {
            throw FanOutError.InvalidParameter(property, given, string.Create(CultureInfo.InvariantCulture, $"is '{given}': {e.Message}"));
        }
    }
}
