namespace FanOut.Engine.Faults;

/// <content>Caches, as far as their protocols have codes: the first word of an answer.</content>
public static partial class KnownFaults
{
    // The words stand in Redis's server.c (createSharedObjects) and cluster.c.
    private static KnownFault[] OfRedis() => Table(Service.Redis, "https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors",
        // The state of the server or of the cluster, not the entry, is to blame, and it passes.
        ("ASK", Refused),
        ("BUSY", Refused),
        ("CLUSTERDOWN", Refused),
        ("LOADING", Refused),
        ("MASTERDOWN", Refused),
        ("MISCONF", Refused),
        ("MOVED", Refused),
        ("NOREPLICAS", Refused),
        ("OOM", Refused),
        ("READONLY", Refused),
        ("TRYAGAIN", Refused),

        // The user may not do this, whatever the entry.
        ("NOAUTH", Target),
        ("NOPERM", Target),
        ("WRONGPASS", Target),

        ("CROSSSLOT", Item),
        ("ERR", Item),
        ("WRONGTYPE", Item));

    private static KnownFault[] OfMemcached() => Table(Service.Memcached, "https://github.com/memcached/memcached/blob/master/doc/protocol.txt",
        ("CLIENT_ERROR", Item),
        ("ERROR", Item),
        ("NOT_STORED", Refused),
        ("SERVER_ERROR", Refused));
}
