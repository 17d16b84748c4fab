using System.Security.Cryptography;
using System.Text;
using FanOut.Engine.Targets;
using StackExchange.Redis;

namespace FanOut.Engine.Redis;

/// <summary>A write that the server makes only if it has no later change of the key: a script compares the times, so that nobody can come between.</summary>
/// <remarks>
/// The time of the last change stands under a key of its own (<see cref="VersionKey"/>), so readers see entries as ever, and it stays there when the entry is deleted. It goes out by its hash
/// (https://redis.io/docs/latest/develop/programmability/eval-intro/#evalsha); a server that does not know it yet, or was started anew, gets its text.
/// </remarks>
internal static class VersionedWrite
{
    /// <summary>How long the time of a change is kept: as long as a Kinesis stream keeps records unless it is told otherwise, so that none of them comes later.</summary>
    /// <remarks>https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html</remarks>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    // Its errors are the server's own (pcall): raised ones get a text around them that differs from version to version. The entry goes first: a full server takes deletions, and what follows
    // in a script that has written. Times have 16 digits, which Lua's numbers hold exactly (53 bits).
    private const string Script =
        """
        local known = redis.pcall('GET', KEYS[2])
        if type(known) == 'table' then return known end
        if known and (tonumber(known) or 0) > tonumber(ARGV[1]) then return 0 end
        local done
        if ARGV[3] then done = redis.pcall('SET', KEYS[1], ARGV[3]) else done = redis.pcall('DEL', KEYS[1]) end
        if type(done) == 'table' and done.err then return done end
        done = redis.pcall('SET', KEYS[2], ARGV[1], 'EX', ARGV[2])
        if type(done) == 'table' and done.err then return done end
        return 1
        """;

    private const int Late = 0;

#pragma warning disable CA5350 // It is how Redis names scripts.
    private static readonly string Hash = Convert.ToHexString(SHA1.HashData(Encoding.ASCII.GetBytes(Script))).ToLowerInvariant();
#pragma warning restore CA5350

    private static readonly object KeptSeconds = (RedisValue)(long)Kept.TotalSeconds, KeyCount = (RedisValue)2;

    /// <summary>Writes an entry.</summary>
    /// <param name="batch">Takes the command.</param>
    /// <param name="entry">The entry, with its version.</param>
    /// <param name="isKnown">Whether the server is taken to know the script.</param>
    /// <returns>The answer, for <see cref="IsLate"/>.</returns>
    public static Task<RedisResult> Add(IBatch batch, in CacheEntry entry, bool isKnown)
    {
        RedisKey key = entry.Key.ToArray();
        RedisKey version = VersionKey.Of(entry.Key.Span);
        RedisValue time = entry.Version;
        object[] arguments = entry.Delete
            ? [isKnown ? Hash : Script, KeyCount, key, version, time, KeptSeconds]
            : [isKnown ? Hash : Script, KeyCount, key, version, time, KeptSeconds, (RedisValue)entry.Value];
        return batch.ExecuteAsync(isKnown ? "EVALSHA" : "EVAL", arguments);
    }

    /// <summary>Whether the server has a later change of the entry's key, and left it as it is.</summary>
    /// <param name="answer">The answer to an entry, which succeeded.</param>
    public static bool IsLate(Task answer) => answer is Task<RedisResult> { Result: { Resp2Type: ResultType.Integer } result } && (int)result == Late;

    /// <summary>The first entry of a call that a server had no script for; -1: there is none.</summary>
    /// <param name="answers">The answers to all entries, completed.</param>
    public static int FirstUnknown(ReadOnlySpan<Task> answers)
    {
        for (int i = 0; i < answers.Length; i++)
        {
            if (answers[i].Exception?.GetBaseException() is RedisServerException error && RedisError.CodeOf(RedisError.MessageOf(error)) == "NOSCRIPT")
            {
                return i;
            }
        }

        return -1;
    }
}
