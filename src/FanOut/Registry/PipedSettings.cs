using System.Globalization;
using System.Management.Automation;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Parameters;

namespace FanOut.Registry;

/// <summary>The settings of a target that an object has as properties: those of Get-FanOutTarget, of a CSV file, or of JSON.</summary>
internal static class PipedSettings
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
        (nameof(FanOutTarget.HashKey), MappingAttributes.HashKey),
        (nameof(FanOutTarget.Key), MappingAttributes.Key),
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

    /// <summary>The settings. What the object does not have, has its default.</summary>
    /// <param name="value">The value of a property; null: there is none.</param>
    /// <exception cref="FanOutException">InvalidParameter: a property is no truth value, number or pattern.</exception>
    public static TargetSettings Of(Func<string, object?> value)
    {
        var settings = new TargetSettings();
        foreach ((string property, string attribute) in Texts)
        {
            settings.Text(attribute, value(property)?.ToString());
        }

        foreach ((string property, string attribute, bool byDefault) in Flags)
        {
            settings.Flag(attribute, Convert(property, value, v => v is null ? byDefault : (bool)new FlagAttribute { WhenEmpty = byDefault }.Transform(null!, v)!));
        }

        string enabled = value(nameof(FanOutTarget.Enabled)) is null ? nameof(FanOutTarget.Active) : nameof(FanOutTarget.Enabled);
        settings.Flag(MappingAttributes.Active, Convert(enabled, value, static v => v is not null && (bool)new FlagAttribute().Transform(null!, v)!));
        foreach ((string property, string attribute) in Sizes)
        {
            settings.Bytes(attribute, Convert<int?>(property, value, static v => v is null or "" ? null : LanguagePrimitives.ConvertTo<int>(v)));
        }

        settings.Text(MappingAttributes.Filter, Convert(nameof(FanOutTarget.Filter), value, static v => (string?)Json.Transform(null!, v)));
        settings.Text(MappingAttributes.Transform, Convert(nameof(FanOutTarget.Transform), value, static v => (string?)Json.Transform(null!, v)));
        return settings;
    }

    private static T Convert<T>(string property, Func<string, object?> value, Func<object?, T> convert)
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
