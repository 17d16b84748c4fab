using FanOut.Credentials;
using FanOut.Destinations;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Inspection;
using FanOut.Registry;
using FanOut.Sources;

namespace FanOut.Abstractions;

/// <content>Targets as they are given: names are looked up, and settings are judged, in the same way wherever they come from.</content>
public abstract partial class FunctionCommand
{
    private readonly ResolveDestination _destinations = new();
    private readonly ResolveDeadLetter _deadLetters = new();
    private readonly MissingEventBus _buses = new();
    private readonly HashSet<string> _lookedUp = [];

    /// <summary>The value of a parameter of this cmdlet, by its name.</summary>
    private protected object? ValueOf(string parameter) => GetType().GetProperty(parameter)?.GetValue(this);

    /// <summary>Who looks a destination up: where the records will go, in its region and with the role of its account.</summary>
    private protected AwsSession DestinationSession(string? region, string? role, string? externalId)
    {
        AwsSession session = NullIfEmpty(region) is { } other ? Session.In(other) : Session;
        return NullIfEmpty(role) is { } assumed ? session.AsRole(assumed, NullIfEmpty(externalId)) : session;
    }

    /// <summary>A target's settings with its names looked up; what is given in full is taken as it is.</summary>
    /// <param name="given">The target.</param>
    /// <param name="sourceArn">Its source; null: not known.</param>
    /// <param name="deadLetter">What was found out about its dead letter.</param>
    /// <param name="isInFull">Whether the destination is taken as it is, though its text could be a name; null: where it is in full.</param>
    /// <exception cref="FanOutException">A name does not exist, or a property cannot be used.</exception>
    private protected TargetSettings Resolve(GivenTarget given, string? sourceArn, out FoundDeadLetter? deadLetter, bool? isInFull = null)
    {
        TargetSettings settings = given.With(nameof(FanOutTarget.SourceArn), sourceArn).Settings();
        var query = new DestinationQuery(given.Type, given.Text(nameof(FanOutTarget.Destination)) ?? "", given.Text("Index"));
        FoundDestination found = isInFull == true ? new FoundDestination(query.Text) : Await(_destinations.FindAsync(
            () => DestinationSession(given.Text(nameof(FanOutTarget.DestinationRegion)), given.Text(nameof(FanOutTarget.DestinationRoleArn)), given.Text(nameof(FanOutTarget.ExternalId))), query, StopToken));
        if (!query.IsInFull)
        {
            _lookedUp.Add(found.Destination);
        }

        settings.Text(MappingAttributes.Destination, found.Destination);
        if (found.MaxItemBytes is { } bytes && !given.Has(nameof(FanOutTarget.MaxItemBytes)))
        {
            settings.Bytes(MappingAttributes.MaxItemBytes, bytes);
        }

        deadLetter = FindDeadLetter(given.Text(nameof(FanOutTarget.DeadLetter)));
        settings.Text(MappingAttributes.DeadLetter, deadLetter?.Destination);
        return settings;
    }

    /// <summary>A target's settings where it need not be there, and nothing is asked that need not be: only what can be nothing but a name is looked up.</summary>
    /// <remarks>Rows of aws-lambda-fanout have names in full, such as that of a delivery stream: Get-FanOutTarget outputs them as they are.</remarks>
    /// <inheritdoc cref="Resolve"/>
    private protected TargetSettings ResolveNames(GivenTarget given, string? sourceArn)
    {
        string? letters = given.Text(nameof(FanOutTarget.DeadLetter));
        TargetSettings settings = Resolve(
            given.With(nameof(FanOutTarget.DeadLetter), null), sourceArn, out _, Destination.TryParse(given.Type, given.Text(nameof(FanOutTarget.Destination)) ?? "", out _, out _));
        settings.Text(MappingAttributes.DeadLetter, letters is not null && FindQueue.IsName(letters) ? FindDeadLetter(letters)?.Destination : letters);
        return settings;
    }

    /// <summary>A dead letter as it was given, looked up.</summary>
    /// <param name="text">A name, or a queue, topic or bucket in full; null: there is none.</param>
    private protected FoundDeadLetter? FindDeadLetter(string? text) => text is null ? null : Await(_deadLetters.FindAsync(FunctionSession, text, StopToken));

    /// <summary>What a target that is given needs; where only its permissions matter, the destination of a cache may have come without its password.</summary>
    /// <returns>Null: it needs no permission.</returns>
    /// <exception cref="FanOutException">It is not valid.</exception>
    private protected Mapping? NeedOf(GivenTarget given, string? sourceArn)
    {
        string? destination = given.Text(nameof(FanOutTarget.Destination));
        if (destination is null || (given.IsCache && !given.Has(nameof(FanOutTarget.DeadLetter))))
        {
            return null;
        }

        GivenTarget named = given.With(nameof(FanOutTarget.Id), given.Text(nameof(FanOutTarget.Id)) ?? destination);
        return ResolveNames(given.IsCache ? named.With(nameof(FanOutTarget.Destination), "cache") : named, sourceArn).Check(Own);
    }

    /// <summary>Judges a target against the table whose stream its source is.</summary>
    /// <param name="mapping">The target.</param>
    /// <param name="streamed">The table; null: the source is none's stream, or it may not be seen.</param>
    /// <param name="deadLetter">What was found out about its dead letter.</param>
    /// <param name="isGiven">Whether a setting was given for it.</param>
    /// <returns>Warnings; null: there is none.</returns>
    /// <exception cref="FanOutException">Its records would fail, or none would ever come.</exception>
    private protected IEnumerable<string?> Judge(Mapping mapping, StreamedTable? streamed, FoundDeadLetter? deadLetter, Predicate<string> isGiven)
    {
        CheckStream.HashKey(mapping, streamed);
        string repair = RepairCommand.Of("Set-FanOutTarget", $"-Id {RepairCommand.Quoted(mapping.Id)} -View record", mapping.SourceArn, Function.Text, FunctionSession.Region);
        return
        [
            CheckStream.ImagesOf(mapping, streamed, repair),
            CheckFilter.Of(mapping, streamed),
            EmptyDocument.Of(mapping),
            MissingPort.Of(mapping),
            _lookedUp.Contains(mapping.Destination.Text) ? null : MissingBus(mapping),
            deadLetter?.Warning,
            .. IdleSettings.Of(mapping, isGiven),
        ];
    }

    /// <summary>Warns of an event bus that is given in full and is certainly not there; null: nothing is to be said.</summary>
    private protected string? MissingBus(Mapping mapping) => Await(_buses.OfAsync(FunctionSession, mapping, StopToken));

    /// <summary>Whether a target's destination is given as that of a row is shown: then it is the row's, and needs no look-up.</summary>
    private protected static bool IsShownAs(GivenTarget given, TargetRow? there) =>
        there?.Mapping is { } mapping && mapping.Type == given.Type && mapping.Destination.Display == given.Text(nameof(FanOutTarget.Destination));

    /// <summary>A target whose destination has its password again: Get-FanOutTarget shows stars, and what is given as it was shown is the target that is there.</summary>
    /// <param name="given">The target.</param>
    /// <param name="there">Finds the row that is there.</param>
    private protected static GivenTarget WithPassword(GivenTarget given, Func<TargetRow?> there) =>
        given.Text(nameof(FanOutTarget.Destination)) is { } text && text.Contains(Masked.Stars + "@", StringComparison.Ordinal)
            && there() is { Mapping.Destination: CacheDestination cache } && cache.Display == text
            ? given.With(nameof(FanOutTarget.Destination), cache.Text) : given;
}
