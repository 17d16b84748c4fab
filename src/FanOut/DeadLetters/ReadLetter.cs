using System.Text;
using System.Text.Json;

namespace FanOut.DeadLetters;

/// <summary>Reads letters, whoever wrote them: FanOut's function, Lambda, or SNS around either. What is none of these is told as it is.</summary>
/// <param name="deadLetter">Where they lie, as objects show it.</param>
/// <param name="region">Its region.</param>
internal sealed class ReadLetter(string deadLetter, string region)
{
    /// <summary>Whether objects have the handle that deletes their message: only where it stays hidden. Default: yes.</summary>
    public bool KeepsReceipts { get; init; } = true;

    /// <summary>Reads a letter; never fails.</summary>
    public FanOutDeadLetter Of(StoredLetter stored)
    {
        if (stored.Problem is { } problem)
        {
            return Unreadable(stored, problem);
        }

        try
        {
            using var document = JsonDocument.Parse(stored.Body, LetterData.Depth);
            return Of(document.RootElement, stored) ?? Unreadable(stored, "It is neither an envelope of FanOut nor what Lambda tells an on-failure destination.");
        }
        catch (JsonException)
        {
            return Unreadable(stored, "It is no JSON.");
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return Unreadable(stored, $"It is no complete letter: {e.Message}");
        }
    }

    private FanOutDeadLetter? Of(JsonElement json, StoredLetter stored)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (json.Text("Type") == "Notification" && json.Text("Message") is { } message)
        {
            return OfNotification(json, message, stored);
        }

        return EnvelopeLetter.Looks(json) ? EnvelopeLetter.Read(json, Base(stored))
            : LambdaLetter.Looks(json) ? LambdaLetter.Read(json, Base(stored))
            : null;
    }

    // What arrived at a topic's queue: the letter, with SNS's own envelope around it. Where that holds no letter, SNS itself could not hand the message over to
    // the function, and its subscription's RedrivePolicy has brought it here.
    private FanOutDeadLetter OfNotification(JsonElement json, string message, StoredLetter stored)
    {
        try
        {
            using var document = JsonDocument.Parse(message, LetterData.Depth);
            if (Of(document.RootElement, stored) is { } letter)
            {
                return letter;
            }
        }
        catch (JsonException)
        {
            // Messages may be any text.
        }

        return NotificationLetter.Read(json, Base(stored));
    }

    private FanOutDeadLetter Unreadable(StoredLetter stored, string problem) =>
        new LetterFacts { LetterType = "Unreadable", Problem = problem, Data = Encoding.UTF8.GetBytes(stored.Body) }.ToLetter(Base(stored));

    private LetterPosition Base(StoredLetter stored) => new(KeepsReceipts ? stored : stored with { ReceiptHandle = null }, deadLetter, region);
}
