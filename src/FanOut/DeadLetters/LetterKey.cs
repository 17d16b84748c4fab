using System.Security.Cryptography;
using System.Text;

namespace FanOut.DeadLetters;

/// <summary>What a letter of a bucket is known by, also where somebody else has counted an attempt in it meanwhile.</summary>
internal static class LetterKey
{
    /// <summary>The record and the target; where it has no number, what it holds.</summary>
    public static string Of(FanOutDeadLetter letter) => letter.SequenceNumber is { Length: > 0 } number
        ? $"{letter.Id}\n{letter.SourceArn}\n{letter.ShardId}\n{number}\n{letter.SubSequenceNumber}"
        : $"{letter.Id}\n{letter.SourceArn}\n{Convert.ToHexString(SHA256.HashData(letter.Data ?? Encoding.UTF8.GetBytes(letter.Body)))}";
}
