"""Runs jobs with the official SDK (bittensor 11) and prints one JSON answer for each JSON job on stdin."""
import asyncio
import json
import sys

import bittensor
from bittensor import calls
from bittensor.wallet import Wallet


async def answer(client, job):
    if job["kind"] == "query":
        return {"value": await client.query((job["pallet"], job["item"]), job["keys"])}
    if job["kind"] == "read":
        return {"value": await client.read(job["name"], **job["args"])}
    wallet = Wallet(name=job["wallet"], hotkey="default")
    call = getattr(getattr(calls, job["pallet"]), job["call"])(**job["args"])
    result = await client.submit_call(call, wallet, signer=job.get("signer", "coldkey"))
    return {"success": result.success, "message": result.message, "extrinsic": result.extrinsic_id}


async def main(address):
    async with bittensor.Client(address, fallback_endpoints=[], archive_endpoints=[]) as client:
        for line in sys.stdin:
            try:
                seen = await answer(client, json.loads(line))
            except Exception as error:
                seen = {"error": f"{type(error).__name__}: {error}"}
            print(json.dumps(seen, default=str), flush=True)


asyncio.run(main(sys.argv[1]))
