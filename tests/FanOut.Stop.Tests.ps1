Describe 'Ctrl+C' {
    BeforeAll {
        . (Join-Path $PSScriptRoot Cloud.ps1) -TransitionTime 01:00:00
        'one', 'two', 'three' | ForEach-Object { $null = $cloud.Kinesis.CreateStream($_) }

        # A session as this one, in which a pipeline runs while this one looks on.
        function New-Session {
            $runspace = [runspacefactory]::CreateRunspace()
            $runspace.Open()
            $runspace.SessionStateProxy.SetVariable('PSDefaultParameterValues', $PSDefaultParameterValues)
            $session = [powershell]::Create($runspace)
            $null = $session.AddScript("Import-Module '$manifest'").Invoke()
            $session.Commands.Clear()
            $session
        }

        function Close-Session([powershell] $Session) {
            $Session.Runspace.Dispose()
            $Session.Dispose()
        }
    }
    AfterAll { Stop-Cloud }
    BeforeEach {
        Clear-Call
        $session = New-Session
    }
    AfterEach { Close-Session $session }

    It 'ends a wait at once, without an error, and leaves what was begun' {
        $null = $session.AddScript("Connect-FanOutSource -Source one -SourceType Kinesis -OnFailureDestination $archive -Wait").BeginInvoke()
        Wait-Call GetEventSourceMapping

        $session.Stop()

        $session.InvocationStateInfo.State | Should -Be 'Stopped'
        $session.Streams.Error | Should -BeNullOrEmpty
        (Get-FanOutSource -Source one -SourceType Kinesis).State | Should -Be 'Creating'
    }

    It 'ends a call that nobody answers, and its connection' {
        $listener = [Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $listener.Start()
        try {
            $null = $session.AddScript("Get-FanOutTarget -EndpointUrl http://$($listener.LocalEndpoint)").BeginInvoke()
            $connection = $listener.AcceptTcpClientAsync()
            $connection.Wait(60000) | Should -BeTrue
            $stream = $connection.Result.GetStream()
            $stream.ReadTimeout = 60000
            $stream.ReadByte() | Should -Be ([int][char]'P') -Because 'the request is a POST'

            $session.Stop()

            $session.InvocationStateInfo.State | Should -Be 'Stopped'
            $session.Streams.Error | Should -BeNullOrEmpty
            { $stream.CopyTo([IO.Stream]::Null) } | Should -Not -Throw
        }
        finally { $listener.Dispose() }
    }

    It 'gives what was registered its permission all the same' {
        $role = $cloud.Iam.CreateRole('stoppedRole', '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}')
        $null = $role.PutPolicy('FanOut-stopped', '{"Version":"2012-10-17","Statement":[{"Sid":"SendToQueues","Effect":"Allow","Action":["sqs:SendMessage"],"Resource":["*"]}]}')
        $null = $lambda.Add('stopped', [FanOut.LocalCloud.Lambda.RecordingFunction]::new(), [FanOut.LocalCloud.Lambda.LambdaFunctionConfiguration]@{ Role = $role.Arn })
        $null = $cloud.Dynamo.CreateTable('stoppedTargets', 'sourceArn', 'id')
        $null = $session.AddScript("& { 't1'; Start-Sleep 600 } | ForEach-Object { [pscustomobject]@{ Id = `$_ } } | Register-FanOutTarget sqs -Destination $archive -SourceArn $orders -FunctionName stopped -Enabled").BeginInvoke()
        Wait-Call PutItem

        $session.Stop()

        $session.InvocationStateInfo.State | Should -Be 'Stopped'
        $session.Streams.Error | Should -BeNullOrEmpty
        $role.InlinePolicies['FanOut-stopped'] | Should -BeLike "*$archive*"
    }

    It 'leaves a session that goes on' {
        $null = $session.AddScript("Connect-FanOutSource -Source two -SourceType Kinesis -OnFailureDestination $archive -Wait").BeginInvoke()
        Wait-Call GetEventSourceMapping
        $session.Stop()
        $session.Commands.Clear()

        $session.AddScript('(Get-FanOutFunction).FunctionName').Invoke() | Should -Be 'fanout'
    }

    It 'ends a job that waits' {
        $job = Start-ThreadJob {
            Import-Module $using:manifest
            $PSDefaultParameterValues = $using:PSDefaultParameterValues
            Connect-FanOutSource -Source three -SourceType Kinesis -OnFailureDestination $using:archive -Wait
        }
        Wait-Call GetEventSourceMapping

        Stop-Job $job

        $job.State | Should -Be 'Stopped'
        Receive-Job $job -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors | Should -BeNullOrEmpty
        Remove-Job $job
    }
}
