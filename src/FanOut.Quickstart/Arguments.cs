using System.Reflection;

namespace FanOut.Quickstart;

/// <summary>The command line: <c>[--input FILE.ndjson] [--redis host:port] [--memcached host:port]</c>.</summary>
internal sealed record Arguments(string Input, string? Redis, string? Memcached)
{
    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">It cannot be used.</exception>
    public static Arguments Read(string[] args)
    {
        var result = new Arguments(Metadata("Sample"), null, null);
        for (int i = 0; i < args.Length; i += 2)
        {
            string value = i + 1 < args.Length ? args[i + 1] : throw new UsageException($"{args[i]} needs a value.");
            result = args[i] switch
            {
                "--input" => result with { Input = value },
                "--redis" => result with { Redis = value },
                "--memcached" => result with { Memcached = value },
                _ => throw new UsageException($"{args[i]} is not known; known are --input FILE.ndjson, --redis host:port, --memcached host:port."),
            };
        }

        return result;
    }

    /// <summary>What the build wrote into the assembly.</summary>
    public static string Metadata(string key) => typeof(Arguments).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == key).Value!;
}
