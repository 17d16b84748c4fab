using System.Globalization;
using FanOut.Engine.Targets;
using StackExchange.Redis;

namespace FanOut.Engine.Redis;

/// <summary>What must be true of a connection before entries go out: the library finds it out too late, or not at all.</summary>
internal static class CheckRedis
{
    /// <summary>Checks that the servers of a cluster are known, as entries for all but the first could not be sent otherwise.</summary>
    /// <exception cref="CacheAccessDeniedException">The user may not ask for them.</exception>
    public static async Task TopologyAsync(ConnectionMultiplexer multiplexer, RedisOptions options)
    {
        foreach (IServer server in multiplexer.GetServers())
        {
            if (server is not { ServerType: ServerType.Cluster, ClusterConfiguration: null, IsConnected: true })
            {
                continue;
            }

            try
            {
                await server.ClusterNodesRawAsync();
            }
            catch (RedisServerException denied) when (RedisError.IsDenial(denied.Message))
            {
                throw RedisFault.UnknownTopology(options, denied);
            }
            catch (RedisException)
            {
                // The entries will show what is wrong.
            }
        }
    }

    /// <summary>Checks that the connection is in the destination's database.</summary>
    /// <remarks>
    /// The library changes the database without looking at the answer: where it cannot, because the server has no such database or the user may not
    /// SELECT one, entries go to database 0 and count as taken.
    /// </remarks>
    /// <exception cref="CacheAccessDeniedException">The user may not change the database.</exception>
    /// <exception cref="TargetFaultException">There is no such database.</exception>
    public static async Task DatabaseAsync(IDatabase database, RedisOptions options)
    {
        if (options.Database == 0)
        {
            return;
        }

        try
        {
            await database.ExecuteAsync("SELECT", options.Database.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception.GetBaseException() is RedisCommandException)
        {
            throw RedisFault.NoDatabase(options, "it is a cluster, which has only database 0");
        }
        catch (RedisServerException error)
        {
            throw RedisError.IsDenial(error.Message) ? RedisFault.NoSelect(options, error) : RedisFault.NoDatabase(options, error.Message);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            throw RedisFault.Unanswered(options, exception);
        }
    }
}
