using FanOut.Engine.Batching;

namespace FanOut.Engine.Faults;

/// <summary>The errors that services document: one table, one file per service, each row with its class.</summary>
/// <remarks>
/// <para>Codes and statuses are those of the services' own models (Smithy, as botocore ships them) and of the pages that each file names. The class
/// is ours. It goes by what the documentation says of the cause, never by the status: Lambda answers 502 to a key that is disabled, and 409 to a
/// function that will be ready in a moment.</para>
/// <para>What is refused before it has any effect is <see cref="FailureClass.Refused"/> where it passes by itself; what may have had one is
/// <see cref="FailureClass.Ambiguous"/>.</para>
/// </remarks>
public static partial class KnownFaults
{
    private const FailureClass Refused = FailureClass.Refused;
    private const FailureClass Ambiguous = FailureClass.Ambiguous;
    private const FailureClass Item = FailureClass.PermanentItem;
    private const FailureClass Target = FailureClass.PermanentTarget;

    /// <summary>All rows.</summary>
    public static IReadOnlyList<KnownFault> All { get; } =
    [
        .. OfAny(), .. OfKinesis(), .. OfFirehose(), .. OfSqs(), .. OfSns(), .. OfIot(), .. OfLambda(), .. OfEvents(), .. OfStates(), .. OfOpenSearch(), .. OfS3(), .. OfSts(), .. OfDynamoDb(),
        .. OfRedis(), .. OfMemcached(), .. OfSecretsManager(), .. OfHttp(),
    ];

    private static readonly Dictionary<(Service, string), FailureClass> Rows = All.ToDictionary(static f => (f.Service, f.Code), static f => f.Class);

    /// <summary>What an error means: as its service documents it, else as all AWS services do.</summary>
    /// <param name="service">Who says it.</param>
    /// <param name="code">The error's code.</param>
    /// <returns>The class; null: nobody documents the code.</returns>
    public static FailureClass? ClassOf(Service service, string code) =>
        Rows.TryGetValue((service, code), out FailureClass own) ? own
        : service is not (Service.Redis or Service.Memcached or Service.Http) && Rows.TryGetValue((Service.Any, code), out FailureClass any) ? any
        : null;

    private static KnownFault[] Table(Service service, string source, params ReadOnlySpan<(string Code, FailureClass Class)> rows)
    {
        var table = new KnownFault[rows.Length];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = new KnownFault(service, rows[i].Code, rows[i].Class, source);
        }

        return table;
    }
}
