using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Progress;

/// <summary>The names of mappings in notes.</summary>
/// <remarks>
/// A name digests everything that decides where records go and as what: a mapping of which that was changed is another one, which lacks
/// everything. Left out is what decides neither:
/// whether records are sent at all (<c>active</c>), how fast (<c>parallel</c>), which are too large (<c>maxItemBytes</c>, <c>maxBatchBytes</c>), what
/// becomes of those that cannot be delivered (<c>deadLetter</c>, <c>onFailure</c>: what a dead letter has, it has), and which are wanted (<c>filter</c>: what
/// it leaves out is never noted, so another filter finds it, and what was delivered under the old one is not sent again).
/// </remarks>
internal static class MappingNames
{
    /// <summary>The name of a mapping: its id, and the digest of what decides.</summary>
    public static string Of(Mapping mapping)
    {
        string what = string.Join(
            '\n', mapping.Type, mapping.Destination.Text, mapping.Region, mapping.Role, mapping.ExternalId, mapping.View, mapping.HashKey, mapping.Collapse,
            mapping.ConvertDDB, mapping.Deaggregate, mapping.AppendNewlines, mapping.Passthrough);
        if (mapping.Transform is { } transform)
        {
            what += $"\n{transform.Text}";
        }

        if (mapping.Key is { } key)
        {
            what += $"\nkey {key.Text}";
        }

        if (mapping.DeduplicationId is { } deduplicationId)
        {
            what += $"\ndeduplicationId {deduplicationId.Text}";
        }

        if (mapping.EventSource is { } eventSource)
        {
            what += $"\neventSource {eventSource.Text}";
        }

        if (mapping.DetailType is { } detailType)
        {
            what += $"\ndetailType {detailType.Text}";
        }

        if (mapping.RecordFormat != default)
        {
            what += $"\nformat {mapping.RecordFormat}";
        }

        if (mapping.HeadersSecret is { } secret)
        {
            what += $"\nheaders {secret}";
        }

        if (mapping.Unpack is not Unpack.None and var unpack)
        {
            what += $"\nunpack {unpack}";
        }

        if ((mapping.DocumentId, mapping.DocumentAction) != default)
        {
            what += $"\ndocuments {mapping.DocumentId} {mapping.DocumentAction}";
        }

        if (mapping.MessageAttributes is { } attributes)
        {
            what += $"\nmessageAttributes {attributes.Text}";
        }

        return $"{mapping.Id}#{Digest.Of(what):x16}";
    }
}
