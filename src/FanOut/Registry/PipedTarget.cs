using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Parameters;

namespace FanOut.Registry;

/// <summary>A piped target, where only the permissions matter that it needs.</summary>
internal static class PipedTarget
{
    /// <summary>The target as the function would read it; null: it needs no permission.</summary>
    /// <param name="given">The target.</param>
    /// <param name="sourceArn">Its source.</param>
    /// <param name="own">The function.</param>
    /// <exception cref="FanOutException">It is not valid.</exception>
    public static Mapping? MappingOf(ITargetParameters given, string? sourceArn, OwnFunction own)
    {
        bool isCache = MappingText.TryParse(given.Type, out TargetType type) && type is TargetType.Memcached or TargetType.Redis;
        if (string.IsNullOrEmpty(given.Destination) || (isCache && string.IsNullOrEmpty(given.DeadLetter)))
        {
            return null;
        }

        var settings = new TargetSettings();
        settings.Text(MappingAttributes.SourceArn, sourceArn);
        settings.Text(MappingAttributes.Id, string.IsNullOrEmpty(given.Id) ? given.Destination : given.Id);
        settings.Text(MappingAttributes.Type, given.Type);

        // A cache's destination needs no permission, and may have come without its password.
        settings.Text(MappingAttributes.Destination, isCache ? "cache" : given.Destination);
        settings.Flag(MappingAttributes.Active, true);
        settings.Text(MappingAttributes.Role, given.DestinationRoleArn);
        settings.Text(MappingAttributes.ExternalId, given.ExternalId);
        settings.Text(MappingAttributes.Region, given.DestinationRegion);
        settings.Text(MappingAttributes.DeadLetter, string.IsNullOrEmpty(given.DeadLetter) ? null : given.DeadLetter);
        settings.Text(MappingAttributes.OnFailure, string.IsNullOrEmpty(given.OnFailure) ? null : given.OnFailure);
        return settings.Check(own);
    }
}
